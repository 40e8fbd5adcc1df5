//! Tables as SeaORM sees them, one file each; what they mean is said in `domain`.
#![expect(missing_docs, reason = "columns carry the names of the domain; their sense is documented there")]

pub mod account;
pub mod account_token;
pub mod activity;
pub mod application;
pub mod application_slot;
pub mod association_letter;
pub mod beneficiary;
pub mod checklist_item;
pub mod directory_entry;
pub mod directory_import;
pub mod domain;
pub mod duplicate_verdict;
pub mod history;
pub mod invitation;
pub mod letter_recipient;
pub mod mission;
pub mod mission_partner;
pub mod mission_template;
pub mod mission_version;
pub mod municipality;
pub mod neighbourhood;
pub mod network;
pub mod organisation;
pub mod outbox;
pub mod review;
pub mod review_answer;
pub mod review_request;
pub mod role_grant;
pub mod safety_rule;
pub mod session;
pub mod slot;
pub mod thread_message;
pub mod throttle;
pub mod volunteer;

//! What can go wrong inside: an answer for a person, or a fault of ours that is logged and told as «unavailable».

use domain::{
    access::Refusal,
    error::{AppError, Conflict, FieldErrors, Outcome},
};

/// An error on its way out of a use case.
#[derive(Debug)]
pub enum Error {
    /// A person is told this.
    Told(AppError),
    /// Our fault: logged whole, told as `Unavailable`.
    Fault(anyhow::Error),
}

/// The result of every step inside the server.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl<E: Into<anyhow::Error>> From<E> for Error {
    fn from(error: E) -> Self {
        let error = error.into();
        match error.downcast::<AppError>() {
            Ok(told) => Self::Told(told),
            Err(fault) => Self::Fault(fault),
        }
    }
}

/// An error that a person is told.
pub fn told(error: impl Into<AppError>) -> Error {
    Error::Told(error.into())
}

/// Turns answers of the domain into errors of the server.
pub trait Told<T> {
    /// Keeps the value, wraps the error.
    ///
    /// # Errors
    /// The same, for a person.
    fn told(self) -> Result<T>;
}

impl<T> Told<T> for std::result::Result<T, FieldErrors> {
    fn told(self) -> Result<T> {
        self.map_err(told)
    }
}

impl<T> Told<T> for std::result::Result<T, Refusal> {
    fn told(self) -> Result<T> {
        self.map_err(told)
    }
}

impl<T> Told<T> for std::result::Result<T, Conflict> {
    fn told(self) -> Result<T> {
        self.map_err(told)
    }
}

/// The last step of a use case: faults are logged here, once, and nowhere else.
pub trait Answered<T> {
    /// What a person is told.
    ///
    /// # Errors
    /// The error's public face.
    fn answered(self) -> Outcome<T>;
}

impl<T> Answered<T> for Result<T> {
    fn answered(self) -> Outcome<T> {
        self.map_err(|error| match error {
            Error::Told(told) => told,
            Error::Fault(fault) => {
                tracing::error!(error = format!("{fault:#}"), "a use case failed");
                AppError::Unavailable
            }
        })
    }
}

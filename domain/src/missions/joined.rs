//! Slots that the town joined to a mission from another one: held by an organisation, not written by the mission's own.

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::{MissionContent, SlotPlan};

/// As derived, but a text leaves out who holds a slot where nobody else does, so that the hash of a content is what it was
/// before slots could be joined. Binary formats need every field.
impl Serialize for SlotPlan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let silent = self.organisation.is_none() && serializer.is_human_readable();
        let mut slot = serializer.serialize_struct("SlotPlan", if silent { 5 } else { 6 })?;
        slot.serialize_field("id", &self.id)?;
        slot.serialize_field("kind", &self.kind)?;
        slot.serialize_field("starts_at", &self.starts_at)?;
        slot.serialize_field("ends_at", &self.ends_at)?;
        slot.serialize_field("places", &self.places)?;
        if silent {
            slot.skip_field("organisation")?;
        } else {
            slot.serialize_field("organisation", &self.organisation)?;
        }
        slot.end()
    }
}

impl MissionContent {
    /// What the mission's organisation writes: without the slots that the town joined to it.
    #[must_use]
    pub fn written(mut self) -> Self {
        self.slots.retain(|slot| slot.organisation.is_none());
        self
    }

    /// What goes online in the place of `online`: what the mission's organisation wrote, and the slots that were joined
    /// to what is online, whenever it began to write.
    #[must_use]
    pub fn with_joined(self, online: &Self) -> Self {
        let mut content = self.written();
        let joined: Vec<SlotPlan> = online.slots.iter().filter(|slot| slot.organisation.is_some()).copied().collect();
        if !joined.is_empty() {
            content.slots.extend(joined);
            content.slots.sort_by_key(|slot| (slot.starts_at, slot.id));
        }
        content
    }
}

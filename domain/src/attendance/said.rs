//! What somebody says of a slot at which they were expected. It decides nothing: whoever answers for the slot notes who came.

states! {
    /// What somebody says of a slot at which they were expected.
    pub enum Said {
        /// They were there.
        WasThere = "was_there",
        /// They could not come.
        CouldNotCome = "could_not_come",
        /// It did not take place.
        NotHeld = "not_held",
    }
}

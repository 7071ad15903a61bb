//! What comes in from other systems.

//! Years, classes and who is in them.

//! One test binary: one folder an area.

mod postgres;

//! The migrations are carried inside the program; a new one must be compiled in.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}

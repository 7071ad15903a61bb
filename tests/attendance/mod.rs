//! Registers as teachers and the office meet them.

mod adding_up;
mod ahead;
mod board;
mod campus_day;
mod closures;
mod codes;
mod collecting;
mod cover;
mod days;
mod follow_up;
mod front_desk;
mod hours;
mod interrupted;
mod letters;
mod live;
mod missing_now;
mod moved;
mod office;
mod policies;
mod register;
mod reports;
mod roll_calls;
mod sheet;
mod staff;
mod together;
mod twice_a_day;

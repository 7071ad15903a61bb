//! Words of work that outlives a request.

words! {
    /// How far a run of work has come.
    RunStatus {
        Waiting = "waiting" "Waiting",
        Running = "running" "Running",
        Done = "done" "Done",
        Failed = "failed" "Failed",
        Cancelled = "cancelled" "Cancelled",
    }
    /// How far an import has come.
    ImportState {
        Uploaded = "uploaded" "Columns to be matched",
        Rehearsing = "rehearsing" "Rehearsing",
        Rehearsed = "rehearsed" "Ready to apply",
        Applying = "applying" "Being applied",
        Done = "done" "Done",
        Failed = "failed" "Failed",
        Cancelled = "cancelled" "Cancelled",
    }
}

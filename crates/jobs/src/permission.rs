//! Who may look at work that failed, and who may start it again.

kernel::permissions! {
    /// See the jobs that used up their tries.
    pub ReadJobs = "jobs.read": [Administrator];
    /// Run one again, or throw it away.
    pub ReplayJobs = "jobs.replay": [Administrator];
}

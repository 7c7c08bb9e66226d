//! What one may be allowed to do with people, rights and the workspace itself.

kernel::permissions! {
    /// One's own profile, password, picture and sessions. Everybody holds it and it cannot be taken away (P016).
    pub OwnAccount = "account.own": [Administrator, Sales, Billing, Marketing, Support, ReadOnly];
    /// See who the members are, and their pictures.
    pub ReadMembers = "member.read": [Administrator, Sales, Billing, Marketing, Support, ReadOnly];
    /// Invite, remove, and change roles.
    pub ManageMembers = "member.manage": [Administrator];
    /// Tune what each role may do.
    pub ManageRoles = "role.manage": [Administrator];
    /// Make teams, and say who is in them.
    pub ManageTeams = "team.manage": [Administrator];
    /// Make and revoke API keys.
    pub ManageApiKeys = "api_key.manage": [Administrator];
    /// See the company's particulars; the fiscal id is masked.
    pub ReadTenant = "tenant.read": [Administrator, Sales, Billing, Marketing, Support, ReadOnly];
    /// Change the company's particulars, and see the whole fiscal id.
    pub ManageTenant = "tenant.manage": [Administrator];
    /// Read the audit trail.
    pub ReadAudit = "audit.read": [Administrator];
}

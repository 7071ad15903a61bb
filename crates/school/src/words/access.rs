//! The words of coming in.

words! {
    /// How far a permission reaches.
    UserScope {
        Own = "own" "Their own",
        Assigned = "assigned" "Classes and students assigned to them",
        Campuses = "campuses" "Their campuses",
        Organization = "organization" "The whole organization",
        Global = "global" "Every organization",
    }
    /// What a mail is about.
    MailKind {
        PasswordReset = "password_reset" "A new password was asked for",
        Invitation = "invitation" "Invitation",
        PasswordChanged = "password_changed" "The password was changed",
        EmailVerification = "email_verification" "Whether an address is theirs",
        EmailChange = "email_change" "Another address, to be confirmed there",
        EmailChangeAsked = "email_change_asked" "Another address was asked for",
        EmailChanged = "email_changed" "The address was changed",
        SecondFactorSetUp = "second_factor_set_up" "A second factor was set up",
        SecondFactorRemoved = "second_factor_removed" "The second factor was taken away",
        RecoveryCodesMade = "recovery_codes_made" "New recovery codes were made",
        RecoveryCodeUsed = "recovery_code_used" "A recovery code was used",
        SignInStolen = "sign_in_stolen" "A sign-in was used from two places",
        SignOnTied = "sign_on_tied" "The school’s account opens this one",
    }
    /// What a link that comes by mail is for.
    LinkPurpose {
        PasswordReset = "password_reset" "A new password",
        Invitation = "invitation" "The first password",
    }
    /// Where people sign in who need no password here.
    ProviderKind {
        Google = "google" "Google",
        Microsoft = "microsoft" "Microsoft",
        Other = "other" "Another (OpenID Connect)",
    }
    /// What somebody did that the record of access keeps.
    AccessAction {
        View = "view" "Looked at",
        List = "list" "Listed",
        Search = "search" "Searched",
        Export = "export" "Took away as a file",
        Print = "print" "Printed",
        Denied = "denied" "Was refused",
        NotFound = "not_found" "Asked for what is not theirs or not there",
        SignIn = "sign_in" "Signed in",
        SignInRefused = "sign_in_refused" "Was not let in",
        SignOut = "sign_out" "Signed out",
        Credential = "credential" "Changed a way in",
        Disclose = "disclose" "Gave out of the school",
        Asked = "asked" "A new way in was asked for",
    }
    /// What of a student is kept for how long.
    RecordKind {
        Particulars = "particulars" "Particulars, places and classes",
        Attendance = "attendance" "Marks and days",
        FollowUp = "follow_up" "Absence follow-up and letters",
        Family = "family" "Contacts and restrictions",
    }
    /// On what ground a student is taken out for good.
    ErasureBasis {
        Retention = "retention" "The periods of the school are over",
        Family = "family" "The student or the family asks for it",
        Law = "law" "A law or a court demands it",
    }
    /// How far the erasure of a student is.
    ErasureState {
        Asked = "asked" "Waits for a second person",
        Approved = "approved" "Approved",
        Declined = "declined" "Declined",
        CarriedOut = "carried_out" "Carried out",
    }
    /// On what ground a student's file is given out.
    DisclosureBasis {
        Parent = "parent" "A parent or guardian asks for it",
        Student = "student" "The student asks for it, being of age",
        Transfer = "transfer" "The student moves to another school",
        Consent = "consent" "The family consented in writing",
        Order = "order" "A court or an authority orders it",
    }
}

# Entities of ours, as the privacy policy names them.
controller-mx = Mexican operating entity of OMB
controller-us = U.S. operating entity of OMB
controller-es = Spanish operating entity of OMB

role-owner = owner
role-administrator = administrator
role-sales = sales
role-billing = billing
role-marketing = marketing
role-support = support
role-read-only = read only

fact-time = Time
fact-device = Device
fact-address = Network address

confirm-subject = Confirm your e-mail address
confirm-text = Hello { $name }, please confirm that { $email } is your address. Your workspace is ready as soon as you have.
confirm-button = Confirm the address
confirm-note = The link works for 48 hours. If you have not signed up, ignore this mail: nobody can use the account without it.

known-subject = You already have an account
known-text = Hello { $name }, somebody, probably you, wanted to sign up with { $email }. This address has an account already, so nothing was changed.
known-button = Sign in
known-note = If you have forgotten your password, ask for a new one on the sign-in page. If it was not you, there is nothing to do.

reset-subject = Set a new password
reset-text = Hello { $name }, a new password was asked for your account { $email }.
reset-button = Set a new password
reset-note = The link works once, for one hour. Setting a new password signs you out everywhere. If you have not asked for it, ignore this mail: your password stays as it is.

changed-subject = Your password was changed
changed-text = Hello { $name }, the password of your account { $email } was changed, and every other device was signed out.
changed-button = It was not me
changed-note = If it was you, there is nothing to do. If not, set a new password at once.

device-subject = New sign-in to your account
device-text = Hello { $name }, your account { $email } was signed in to from a device and a place we have not seen before.
device-button = See my sessions
device-note = If it was you, there is nothing to do. If not, end that session and change your password.

guessing-subject = Somebody may be guessing your password
guessing-text = Hello { $name }, a wrong password was given for your account { $email } many times in a few minutes. We have slowed such attempts down; where you are signed in, you stay signed in.
guessing-button = Set a new password
guessing-note = If it was you, wait a quarter of an hour or set a new password. If not, your password has held; a long one of several words keeps it that way.

invitation-subject = { $inviter } invites you to { $tenant }
invitation-text = { $inviter } invites you to work in { $tenant } on OMB Cloud. Your role will be: { $role }.
invitation-button = See the invitation
invitation-note = The link works for seven days and is meant for you alone. If you do not know the sender, ignore this mail.

work-kind = { $kind ->
    [mail-deliver] sending a mail
    [invoice-render] making the PDF of an invoice
    [invoice-dispatch] sending an invoice
    [quote-dispatch] sending a quote
    [fiscal-entity-found] preparing the billing particulars
    [pipeline-ensure-first] preparing the first pipeline
    [import-run] importing contacts
    [import-undo] taking back an import
    [import-forget] deleting the file of an import
    [member-tell-owners] writing to the owners
    [contact-reindex] refreshing what contacts are found by
    [webhook-fan-out] writing the messages of webhooks
    [webhook-send] sending webhooks
    [webhook-replay] sending failed webhooks again
    [custom-field-rewrite] rewriting the values of a custom field
    [custom-object-erase] erasing the records of a custom object
    [activity-remind] reminders of activities
    [notification-mail] mails of notifications
    [duplicate-sweep] searching for duplicates
    [lead-rescore] scoring leads
    [merge-lapse] making a merge final
    [bulk-change-run] changing many records at once
    [bulk-change-undo] taking back a bulk change
    [bulk-change-lapse] making a bulk change final
    [import-try] trying an import
   *[other] work in the background
}

work-subject = Something was left undone in { $tenant }
work-text = Hello { $name }, OMB Cloud could not finish this for { $tenant }, also after several tries: { $work }. Nothing is lost: it waits until you try it again or discard it.
work-button = See what was left undone
work-note = For each kind of work you get one such mail an hour at most, however often it happens.

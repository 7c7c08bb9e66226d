# Printed on documents for customers. $region is the two-letter region or "none".

title-quote = Quote
title-invoice = Invoice
title-credit-note = Credit note
title-debit-note = Debit note
title-receipt = Receipt
draft = Draft
page-of = Page { $page } of { $pages }

# Parties
from = From
bill-to = Bill to
prepared-for = Prepared for
received-from = Received from

# Facts
number = Number
issue-date = Date of issue
due-date = Due date
valid-until = Valid until
supplied-on = Date of supply
paid-on = Paid on
payment-method = Payment method
corrects = Corrects
purchase-order = Purchase order
currency = Currency

# The one sentence
headline-due-by = { $amount } due { $date }
headline-due = { $amount } due
headline-paid = { $amount } paid
headline-paid-on = { $amount } paid on { $date }
headline-valid-until = { $amount } valid until { $date }
headline-accepted = { $amount } accepted on { $date }
headline-credited = { $amount } credited
view-online = View online
accept-online = View and accept online

# Lines
description = Description
quantity = Quantity
unit-price = Unit price
discount = Discount
tax = Tax
amount = Amount

# Totals
subtotal = Subtotal
tax-base = on { $base }
tax-total = Total tax
withheld-total = Total withheld
total = Total
paid = Paid
balance = Balance due

# How to pay
how-to-pay = How to pay
pay-bank = Bank
pay-holder = Account holder
pay-account = Account number
pay-iban = IBAN
pay-bic = BIC / SWIFT
pay-clabe = CLABE
pay-routing = Routing number
pay-transit = Transit and institution
pay-pix = Pix key
pay-reference = Payment reference
pay-link = Pay online

# Below
accepted = Accepted
accepted-by = { $name } accepted this document on { $when }.
accepted-from = { $name } accepted this document on { $when } from { $ip }.
reason = Reason for correction
notes = Notes
terms = Terms
rounding-per-category = Rounding: lines to the cent, tax once per rate on its base, totals are sums of rounded amounts (EN 16931).
rounding-per-line = Rounding: tax is rounded on each line, totals are sums of rounded amounts.
rounding-per-line-six = Rounding: lines and their taxes to six decimals, totals rounded at the end (CFDI 4.0).
content-hash = Content fingerprint (SHA-256): { $hash }

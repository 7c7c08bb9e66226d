# Printed on documents for customers. $region is the two-letter region or "none".

title-quote = { $region ->
    [CA] Soumission
   *[other] Devis
}
title-invoice = Facture
title-credit-note = { $region ->
    [CA] Note de crédit
   *[other] Avoir
}
title-debit-note = Note de débit
title-receipt = Reçu
draft = Brouillon
page-of = Page { $page } sur { $pages }

# Parties
from = Émetteur
bill-to = { $region ->
    [CA] Facturer à
   *[other] Client
}
prepared-for = Préparé pour
received-from = Reçu de

# Facts
number = Numéro
issue-date = Date d’émission
due-date = Date d’échéance
valid-until = Valable jusqu’au
supplied-on = Date de livraison
paid-on = Date de paiement
payment-method = Mode de paiement
corrects = Rectifie
purchase-order = Bon de commande
currency = Devise

# The one sentence
headline-due-by = { $amount } à payer au plus tard le { $date }
headline-due = { $amount } à payer
headline-paid = { $amount } payé
headline-paid-on = { $amount } payé le { $date }
headline-valid-until = { $amount } valable jusqu’au { $date }
headline-accepted = { $amount } accepté le { $date }
headline-credited = { $amount } crédité
view-online = Voir en ligne
accept-online = Voir et accepter en ligne

# Lines
description = Description
quantity = Quantité
unit-price = Prix unitaire
discount = { $region ->
    [CA] Rabais
   *[other] Remise
}
tax = { $region ->
    [CA] Taxe
   *[other] TVA
}
amount = Montant

# Totals
subtotal = { $region ->
    [CA] Sous-total
   *[other] Total HT
}
tax-base = sur { $base }
tax-total = Total des taxes
withheld-total = Total retenu
total = Total
paid = Payé
balance = { $region ->
    [CA] Solde dû
   *[other] Reste à payer
}

# How to pay
how-to-pay = Comment payer
pay-bank = Banque
pay-holder = Titulaire
pay-account = Numéro de compte
pay-iban = IBAN
pay-bic = BIC / SWIFT
pay-clabe = CLABE
pay-routing = Numéro d’acheminement (ABA)
pay-transit = Transit et institution
pay-pix = Clé Pix
pay-reference = Référence du paiement
pay-link = Payer en ligne

# Below
accepted = Accepté
accepted-by = { $name } a accepté ce document le { $when }.
accepted-from = { $name } a accepté ce document le { $when } depuis { $ip }.
reason = Motif de la rectification
notes = Remarques
terms = Conditions
rounding-per-category = Arrondi : lignes au centime, taxe une fois par taux sur sa base ; les totaux sont des sommes de montants arrondis (EN 16931).
rounding-per-line = Arrondi : la taxe est arrondie à chaque ligne ; les totaux sont des sommes de montants arrondis.
rounding-per-line-six = Arrondi : lignes et taxes à six décimales ; les totaux sont arrondis à la fin (CFDI 4.0).
content-hash = Empreinte du contenu (SHA-256) : { $hash }

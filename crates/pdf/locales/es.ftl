# Printed on documents for customers. $region is the two-letter region or "none".

title-quote = { $region ->
    [ES] Presupuesto
   *[other] Cotización
}
title-invoice = Factura
title-credit-note = { $region ->
    [ES] Factura rectificativa
   *[other] Nota de crédito
}
title-debit-note = Nota de débito
title-receipt = Recibo
draft = Borrador
page-of = Página { $page } de { $pages }

# Parties
from = Emisor
bill-to = { $region ->
    [ES] Facturar a
   *[other] Cliente
}
prepared-for = Preparado para
received-from = Recibido de

# Facts
number = Número
issue-date = Fecha de emisión
due-date = Fecha de vencimiento
valid-until = { $region ->
    [ES] Válido hasta
   *[other] Vigente hasta
}
supplied-on = Fecha de operación
paid-on = Fecha de pago
payment-method = Forma de pago
corrects = { $region ->
    [ES] Rectifica
   *[other] Corrige
}
purchase-order = { $region ->
    [ES] Pedido
   *[other] Orden de compra
}
currency = Moneda

# The one sentence
headline-due-by = { $amount } · vence el { $date }
headline-due = { $amount } a pagar
headline-paid = { $amount } pagado
headline-paid-on = { $amount } pagado el { $date }
headline-valid-until = { $region ->
    [ES] { $amount } válido hasta el { $date }
   *[other] { $amount } vigente hasta el { $date }
}
headline-accepted = { $amount } aceptado el { $date }
headline-credited = { $amount } abonado
view-online = Ver en línea
accept-online = Ver y aceptar en línea

# Lines
description = Descripción
quantity = Cantidad
unit-price = Precio unitario
discount = Descuento
tax = Impuesto
amount = Importe

# Totals
subtotal = { $region ->
    [ES] Base imponible
   *[other] Subtotal
}
tax-base = sobre { $base }
tax-total = Total de impuestos
withheld-total = Total retenido
total = Total
paid = Pagado
balance = { $region ->
    [ES] Pendiente de pago
   *[other] Saldo pendiente
}

# How to pay
how-to-pay = Cómo pagar
pay-bank = Banco
pay-holder = Titular
pay-account = Número de cuenta
pay-iban = IBAN
pay-bic = BIC / SWIFT
pay-clabe = CLABE
pay-routing = Número de ruta (ABA)
pay-transit = Tránsito e institución
pay-pix = Clave Pix
pay-reference = { $region ->
    [ES] Concepto
   *[other] Referencia de pago
}
pay-link = Pagar en línea

# Below
accepted = Aceptado
accepted-by = { $name } aceptó este documento el { $when }.
accepted-from = { $name } aceptó este documento el { $when } desde { $ip }.
reason = Motivo de la rectificación
notes = Notas
terms = Condiciones
rounding-per-category = Redondeo: líneas al céntimo, impuesto una vez por tipo sobre su base; los totales son sumas de importes ya redondeados (EN 16931).
rounding-per-line = Redondeo: el impuesto se redondea en cada línea; los totales son sumas de importes ya redondeados.
rounding-per-line-six = Redondeo: líneas y sus impuestos a seis decimales; los totales se redondean al final (CFDI 4.0).
content-hash = Huella del contenido (SHA-256): { $hash }

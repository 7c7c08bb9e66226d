# Printed on documents for customers. $region is the two-letter region or "none".

title-quote = Orçamento
title-invoice = Fatura
title-credit-note = Nota de crédito
title-debit-note = Nota de débito
title-receipt = Recibo
draft = Rascunho
page-of = Página { $page } de { $pages }

# Parties
from = { $region ->
    [PT] Emitente
   *[other] Emissor
}
bill-to = Cliente
prepared-for = Preparado para
received-from = Recebido de

# Facts
number = Número
issue-date = Data de emissão
due-date = { $region ->
    [PT] Data de vencimento
   *[other] Vencimento
}
valid-until = Válido até
supplied-on = Data da operação
paid-on = Data do pagamento
payment-method = Forma de pagamento
corrects = { $region ->
    [PT] Retifica
   *[other] Corrige
}
purchase-order = { $region ->
    [PT] Nota de encomenda
   *[other] Pedido de compra
}
currency = Moeda

# The one sentence
headline-due-by = { $amount } a pagar até { $date }
headline-due = { $amount } a pagar
headline-paid = { $amount } pago
headline-paid-on = { $amount } pago em { $date }
headline-valid-until = { $amount } válido até { $date }
headline-accepted = { $amount } aceito em { $date }
headline-credited = { $amount } creditado
view-online = Ver online
accept-online = { $region ->
    [PT] Ver e aceitar online
   *[other] Ver e aceitar on-line
}

# Lines
description = Descrição
quantity = Quantidade
unit-price = Preço unitário
discount = Desconto
tax = Imposto
amount = Valor

# Totals
subtotal = Subtotal
tax-base = sobre { $base }
tax-total = Total de impostos
withheld-total = Total retido
total = Total
paid = Pago
balance = { $region ->
    [PT] Valor em dívida
   *[other] Saldo a pagar
}

# How to pay
how-to-pay = Como pagar
pay-bank = Banco
pay-holder = Titular
pay-account = Número da conta
pay-iban = IBAN
pay-bic = BIC / SWIFT
pay-clabe = CLABE
pay-routing = Número de roteamento (ABA)
pay-transit = Trânsito e instituição
pay-pix = Chave Pix
pay-reference = Referência do pagamento
pay-link = Pagar online

# Below
accepted = Aceito
accepted-by = { $name } aceitou este documento em { $when }.
accepted-from = { $name } aceitou este documento em { $when } a partir de { $ip }.
reason = Motivo da correção
notes = Observações
terms = Condições
rounding-per-category = Arredondamento: linhas ao centavo, imposto uma vez por taxa sobre a sua base; os totais são somas de valores já arredondados (EN 16931).
rounding-per-line = Arredondamento: o imposto é arredondado em cada linha; os totais são somas de valores já arredondados.
rounding-per-line-six = Arredondamento: linhas e seus impostos com seis casas decimais; os totais são arredondados no fim (CFDI 4.0).
content-hash = Impressão digital do conteúdo (SHA-256): { $hash }

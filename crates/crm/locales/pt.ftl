pipeline-first = Vendas
stage-new = Novo
stage-qualified = Qualificado
stage-proposal = Proposta
stage-negotiation = Negociação

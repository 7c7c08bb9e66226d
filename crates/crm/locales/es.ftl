pipeline-first = Ventas
stage-new = Nuevo
stage-qualified = Calificado
stage-proposal = Propuesta
stage-negotiation = Negociación

pipeline-first = Ventes
stage-new = Nouveau
stage-qualified = Qualifié
stage-proposal = Proposition
stage-negotiation = Négociation

pipeline-first = Sales
stage-new = New
stage-qualified = Qualified
stage-proposal = Proposal
stage-negotiation = Negotiation

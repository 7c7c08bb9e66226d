disabled-subject = Um webhook de { $tenant } foi desativado
disabled-failing = Olá, { $name }: o destino { $host } não aceitou nada durante cinco dias, por isso o OMB Cloud deixou de lhe enviar mensagens.
disabled-gone = Olá, { $name }: o destino { $host } respondeu 410 Gone, ou seja, não quer receber mais nada. O OMB Cloud deixou de lhe enviar mensagens.
disabled-button = Ver o destino
disabled-note = Quando voltar a funcionar, ative-o aí e reenvie o que falhou.

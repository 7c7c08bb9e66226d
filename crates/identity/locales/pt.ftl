# Entidades nossas, como a política de privacidade as nomeia.
controller-mx = Entidade operadora mexicana da OMB
controller-us = Entidade operadora norte-americana da OMB
controller-es = Entidade operadora espanhola da OMB

role-owner = proprietário
role-administrator = administrador
role-sales = vendas
role-billing = faturamento
role-marketing = marketing
role-support = atendimento
role-read-only = somente leitura

fact-time = Hora
fact-device = Dispositivo
fact-address = Endereço de rede

confirm-subject = Confirme seu e-mail
confirm-text = Olá, { $name }. Confirme que { $email } é o seu endereço. Seu espaço de trabalho ficará pronto assim que você confirmar.
confirm-button = Confirmar o endereço
confirm-note = O link funciona por 48 horas. Se você não se cadastrou, ignore este e-mail: sem ele ninguém pode usar a conta.

known-subject = Você já tem uma conta
known-text = Olá, { $name }. Alguém, provavelmente você, quis se cadastrar com { $email }. Este endereço já tem uma conta, portanto nada mudou.
known-button = Entrar
known-note = Se você esqueceu a senha, peça uma nova na página de entrada. Se não foi você, não é preciso fazer nada.

reset-subject = Defina uma nova senha
reset-text = Olá, { $name }. Foi pedida uma nova senha para a sua conta { $email }.
reset-button = Definir nova senha
reset-note = O link funciona uma única vez, por uma hora. Definir uma nova senha encerra todas as suas sessões. Se você não a pediu, ignore este e-mail: sua senha continua a mesma.

changed-subject = Sua senha foi alterada
changed-text = Olá, { $name }. A senha da sua conta { $email } foi alterada e a sessão foi encerrada nos outros dispositivos.
changed-button = Não fui eu
changed-note = Se foi você, não é preciso fazer nada. Se não, defina uma nova senha imediatamente.

device-subject = Nova entrada na sua conta
device-text = Olá, { $name }. Alguém entrou na sua conta { $email } a partir de um dispositivo e de um lugar que não conhecíamos.
device-button = Ver minhas sessões
device-note = Se foi você, não é preciso fazer nada. Se não, encerre essa sessão e altere sua senha.

guessing-subject = Alguém pode estar tentando adivinhar sua senha
guessing-text = Olá, { $name }. Em poucos minutos, uma senha errada foi digitada muitas vezes para a sua conta { $email }. Reduzimos o ritmo dessas tentativas; onde sua sessão está aberta, ela continua aberta.
guessing-button = Definir nova senha
guessing-note = Se foi você, espere quinze minutos ou defina uma nova senha. Se não, sua senha resistiu; uma longa, de várias palavras, continua segura.

invitation-subject = { $inviter } convida você para { $tenant }
invitation-text = { $inviter } convida você para trabalhar em { $tenant } no OMB Cloud. Sua função será: { $role }.
invitation-button = Ver o convite
invitation-note = O link funciona por sete dias e é só para você. Se não conhece quem enviou, ignore este e-mail.

work-kind = { $kind ->
    [mail-deliver] o envio de um e-mail
    [invoice-render] a criação do PDF de uma fatura
    [invoice-dispatch] o envio de uma fatura
    [quote-dispatch] o envio de um orçamento
    [fiscal-entity-found] a preparação dos dados de faturação
    [pipeline-ensure-first] a preparação do primeiro funil
    [import-run] a importação de contactos
    [import-undo] a anulação de uma importação
    [import-forget] a eliminação do ficheiro de uma importação
    [member-tell-owners] o aviso aos proprietários
    [contact-reindex] a atualização da pesquisa de contactos
    [webhook-fan-out] preparar as mensagens dos webhooks
    [webhook-send] enviar webhooks
    [webhook-replay] reenviar os webhooks falhados
    [custom-field-rewrite] reescrever os valores de um campo próprio
    [custom-object-erase] apagar os registros de um objeto personalizado
    [activity-remind] os lembretes de atividades
    [notification-mail] os e-mails de avisos
    [duplicate-sweep] a pesquisa de duplicados
    [lead-rescore] pontuar os leads
    [merge-lapse] o fecho definitivo de uma fusão
    [bulk-change-run] alterar muitos registos de uma vez
    [bulk-change-undo] anular uma alteração em massa
    [bulk-change-lapse] o fecho definitivo de uma alteração em massa
    [import-try] o ensaio de uma importação
   *[other] um trabalho em segundo plano
}

work-subject = Algo ficou por fazer em { $tenant }
work-text = Olá, { $name }: a OMB Cloud não conseguiu concluir isto para { $tenant }, nem depois de várias tentativas: { $work }. Nada se perdeu: fica à espera de que você tente de novo ou o descarte.
work-button = Ver o que ficou por fazer
work-note = Por cada tipo de trabalho recebe no máximo um e-mail destes por hora, aconteça quantas vezes acontecer.

# Entidades nuestras, como las nombra la política de privacidad.
controller-mx = Entidad operadora mexicana de OMB
controller-us = Entidad operadora estadounidense de OMB
controller-es = Entidad operadora española de OMB

role-owner = propietario
role-administrator = administrador
role-sales = ventas
role-billing = facturación
role-marketing = marketing
role-support = atención al cliente
role-read-only = solo lectura

fact-time = Hora
fact-device = Dispositivo
fact-address = Dirección de red

confirm-subject = Confirme su correo electrónico
confirm-text = Hola, { $name }: confirme que { $email } es su dirección. Su espacio de trabajo estará listo en cuanto lo haga.
confirm-button = Confirmar la dirección
confirm-note = El enlace funciona durante 48 horas. Si usted no se ha registrado, ignore este correo: sin él nadie puede usar la cuenta.

known-subject = Ya tiene una cuenta
known-text = Hola, { $name }: alguien, probablemente usted, quiso registrarse con { $email }. Esta dirección ya tiene una cuenta, así que no ha cambiado nada.
known-button = Iniciar sesión
known-note = Si ha olvidado su contraseña, pida una nueva en la página de inicio de sesión. Si no fue usted, no tiene que hacer nada.

reset-subject = Elija una contraseña nueva
reset-text = Hola, { $name }: se ha pedido una contraseña nueva para su cuenta { $email }.
reset-button = Elegir contraseña nueva
reset-note = El enlace funciona una sola vez, durante una hora. Al elegir una contraseña nueva se cierran todas sus sesiones. Si no la ha pedido, ignore este correo: su contraseña sigue igual.

changed-subject = Su contraseña ha cambiado
changed-text = Hola, { $name }: la contraseña de su cuenta { $email } ha cambiado y se ha cerrado la sesión en los demás dispositivos.
changed-button = No he sido yo
changed-note = Si fue usted, no tiene que hacer nada. Si no, elija una contraseña nueva cuanto antes.

device-subject = Nuevo inicio de sesión en su cuenta
device-text = Hola, { $name }: se ha iniciado sesión en su cuenta { $email } desde un dispositivo y un lugar que no conocíamos.
device-button = Ver mis sesiones
device-note = Si fue usted, no tiene que hacer nada. Si no, cierre esa sesión y cambie su contraseña.

guessing-subject = Alguien puede estar probando contraseñas
guessing-text = Hola, { $name }: en pocos minutos se ha escrito muchas veces una contraseña equivocada para su cuenta { $email }. Hemos frenado esos intentos; donde ya tiene la sesión abierta, sigue abierta.
guessing-button = Elegir contraseña nueva
guessing-note = Si fue usted, espere un cuarto de hora o elija una contraseña nueva. Si no, su contraseña ha resistido; una larga, de varias palabras, la mantiene a salvo.

invitation-subject = { $inviter } le invita a { $tenant }
invitation-text = { $inviter } le invita a trabajar en { $tenant } en OMB Cloud. Su función será: { $role }.
invitation-button = Ver la invitación
invitation-note = El enlace funciona durante siete días y es solo para usted. Si no conoce a quien lo envía, ignore este correo.

work-kind = { $kind ->
    [mail-deliver] el envío de un correo
    [invoice-render] la creación del PDF de una factura
    [invoice-dispatch] el envío de una factura
    [quote-dispatch] el envío de un presupuesto
    [fiscal-entity-found] la preparación de los datos de facturación
    [pipeline-ensure-first] la preparación del primer embudo
    [import-run] la importación de contactos
    [import-undo] la anulación de una importación
    [import-forget] el borrado del archivo de una importación
    [member-tell-owners] el aviso a los propietarios
    [contact-reindex] la actualización de la búsqueda de contactos
    [webhook-fan-out] preparar los mensajes de los webhooks
    [webhook-send] enviar webhooks
    [webhook-replay] reenviar los webhooks fallidos
    [custom-field-rewrite] reescribir los valores de un campo propio
    [custom-object-erase] borrar los registros de un objeto propio
    [activity-remind] los recordatorios de actividades
    [notification-mail] los correos de avisos
    [duplicate-sweep] la búsqueda de duplicados
    [lead-rescore] puntuar los leads
    [merge-lapse] el cierre definitivo de una fusión
    [bulk-change-run] cambiar muchos registros a la vez
    [bulk-change-undo] deshacer un cambio masivo
    [bulk-change-lapse] el cierre definitivo de un cambio masivo
    [import-try] la prueba de una importación
   *[other] un trabajo en segundo plano
}

work-subject = Algo quedó sin hacer en { $tenant }
work-text = Hola, { $name }: OMB Cloud no ha podido terminar esto para { $tenant }, tampoco tras varios intentos: { $work }. No se ha perdido nada: queda a la espera de que lo intente de nuevo o lo descarte.
work-button = Ver lo que quedó sin hacer
work-note = Por cada tipo de trabajo recibirá como mucho un correo así por hora, ocurra cuantas veces ocurra.

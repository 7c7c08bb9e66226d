disabled-subject = A webhook of { $tenant } was switched off
disabled-failing = Hello { $name }, the endpoint { $host } has taken nothing for five days, so OMB Cloud has stopped sending to it.
disabled-gone = Hello { $name }, the endpoint { $host } answered 410 Gone, which means that it wants nothing more. OMB Cloud has stopped sending to it.
disabled-button = See the endpoint
disabled-note = Once it works again, switch it on there and send again what failed.

<#if body.payload.days gt 0>
Приближается плановое обслуживание: ${body.payload.date}, осталось дней: ${body.payload.days}.
<#else>
Подошёл срок планового обслуживания: ${body.payload.date}.
</#if>
${body.payload.machine!"Станок"}, серийный номер ${body.payload.serial}

<#assign machine>${body.machine.name}, серийный номер ${body.machine.serial}</#assign>
<#if variables.effect.payload.status == "new">
Новая заявка №${body.number}: ${body.clientName!}
${machine}
<#if body.phone?has_content>
Телефон: ${body.phone}
</#if>
<#if body.photos?has_content>
Фото: ${body.photos?size}
</#if>

${body.description!}
<#else>
Заявка №${body.number} отменена: ${body.clientName!}
${machine}
</#if>

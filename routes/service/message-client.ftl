<#assign machine>${body.machine.name}, серийный номер ${body.machine.serial}</#assign>
<#switch variables.effect.payload.status>
<#case "new">
Заявка №${body.number} принята.
${machine}
Инженер свяжется с вами.
<#break>
<#case "in_progress">
Заявка №${body.number} в работе.
${machine}
<#break>
<#case "done">
Заявка №${body.number} выполнена.
${machine}
<#if body.result?has_content>
${body.result}
</#if>
<#if body.machine.nextMaintenance??>
Следующее ТО: ${day(body.machine.nextMaintenance)}
</#if>
<#break>
<#default>
Заявка №${body.number} отменена.
${machine}
</#switch>

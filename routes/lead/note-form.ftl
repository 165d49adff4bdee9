<#-- What no other note has shown: written names those that came out with a text. More than 200 lines no form has. -->
<#assign labels = {"serial_number": "Серийный номер", "machine_type": "Модель", "configuration": "Конфигурация", "next_maintenance": "Следующее ТО"}>
<#assign rows = form?filter(row -> !written?seq_contains(row.section))>
<#if rows?has_content>
📎 ДАННЫЕ ФОРМЫ:
<#list rows as row>
<#if rows?size lte 200 || row?index lt 199>
${labels[row.key]!row.key}: ${row.text}
</#if>
</#list>
<#if rows?size gt 200>
… и ещё полей: ${rows?size - 199}
</#if>
</#if>

✅ ЗАЯВКА №${note.number} ВЫПОЛНЕНА:
<#if note.result??>
${note.result}
</#if>
<#if note.next_maintenance??>
Следующее ТО: ${day(note.next_maintenance)}
</#if>

<#if lead.message??>
💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:
${lead.message}
</#if>

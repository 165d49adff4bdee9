<#if lead.remarks?has_content>
⚠️ НЕ РАСПОЗНАНО:
${lead.remarks?join("\n")}
</#if>

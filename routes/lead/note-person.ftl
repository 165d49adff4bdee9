<#assign words = {"name": "имя", "phone": "телефон", "email": "email"}>
<#if person.name?? || person.phone?? || person.email?? || person.gaps?has_content>
☎️ КОНТАКТНЫЕ ДАННЫЕ:
<#if person.name??>
Имя полностью: ${person.name}
</#if>
<#if person.phone??>
Телефон указан так: ${person.phone}
</#if>
<#if person.email??>
Email указан так: ${person.email}
</#if>
<#if person.gaps?has_content>
Контакт уже есть в CRM; в заявке указано также: <#list person.gaps as gap>${words[gap.key]!gap.key} ${gap.text}<#sep>, </#list>
</#if>
</#if>

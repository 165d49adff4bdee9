<#assign lead = body.lead cart = body.cart diagnosis = body.diagnosis form = body.form written = ["telegram"]>
Имя: ${lead.name!"—"}
Телефон: ${lead.phone!"—"}
Email: ${lead.email!"—"}
<#if body.telegram.text??>
Telegram: ${body.telegram.text}
</#if>
Источник: ${line(body.label)}
<#if lead.price gt 0>
Сумма: ${lead.price} ₽
</#if>
Сообщение: ${lead.message!"—"}
<#assign text><#include "note-cart.ftl"></#assign>
<#if text?has_content>
<#assign written += ["cart"]>

${text?remove_ending("\n")}
</#if>
<#assign text><#include "note-diagnosis.ftl"></#assign>
<#if text?has_content>
<#assign written += ["diagnosis"]>

${text?remove_ending("\n")}
</#if>
<#assign text><#include "note-remarks.ftl"></#assign>
<#if text?has_content>

${text?remove_ending("\n")}
</#if>
<#assign text><#include "note-form.ftl"></#assign>
<#if text?has_content>

${text?remove_ending("\n")}
</#if>

Заявка ${lead.id}

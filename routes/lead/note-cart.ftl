<#if cart.items?has_content || (cart.total?? && ["cart_order", "bot_order"]?seq_contains(lead.source))>
🛒 СОСТАВ ЗАКАЗА (ЗАПЧАСТИ):
<#list cart.items as item>
<#if item.text??>
- ${item.text}
<#else>
<#assign details = item.details + (item.code??)?then(["арт. " + (item.code!)], [])>
- ${item.name!((item.id??)?then("№ " + (item.id!), "Без названия"))}<#if details?has_content> (${details?join(", ")})</#if> (x${item.quantity!"1"}) — <#if item.price??>${roubles(item.price)}<#elseif item.sum??>всего ${roubles(item.sum)}<#else>цена не указана</#if>
</#if>
</#list>
ИТОГО: <#if cart.total??>${roubles(cart.total)}<#else>не указано</#if>
</#if>

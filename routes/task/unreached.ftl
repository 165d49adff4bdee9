<#assign reasons = {"blocked": "клиент остановил бота", "deactivated": "аккаунт Telegram удалён", "removed": "бот не может писать в эту группу", "unknown": "Telegram не знает такого человека", "never-started": "клиент ещё не нажимал «Запустить» в боте"}>
Позвоните клиенту: сообщение в Telegram не дошло (${reasons[task.why]!reasons.unknown}).
<#if task.about == "registered">
Оборудование зарегистрировано в «Моём парке»: ${task.machine!"Станок"}, серийный номер ${task.serial!}.
<#elseif task.about == "due">
Плановое обслуживание ${task.date!}: ${task.machine!"Станок"}, серийный номер ${task.serial!}.
<#elseif task.request??>
Заявка №${task.request}.
</#if>

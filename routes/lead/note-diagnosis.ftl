<#if diagnosis?has_content>
🔬 РЕЗУЛЬТАТ ДИАГНОСТИКИ:
<#if diagnosis.risk_level??>
Уровень риска: ${diagnosis.risk_level}
</#if>
<#if diagnosis.probability??>
Вероятность отказа: ${diagnosis.probability?remove_ending("%")}%
</#if>
<#if diagnosis.recommendation??>
Рекомендация: ${diagnosis.recommendation}
</#if>
<#if diagnosis.issues??>
Выявленные проблемы: ${diagnosis.issues}
</#if>
<#if diagnosis.detailed_analysis??>
Подробный анализ: ${diagnosis.detailed_analysis}
</#if>
<#if diagnosis.next_steps??>
Следующие шаги: ${diagnosis.next_steps}
</#if>
<#if diagnosis.type??>
Тип оборудования: ${diagnosis.type}
</#if>
<#if diagnosis.age??>
Возраст оборудования: ${diagnosis.age}
</#if>
<#list diagnosis.answers![] as answer>
${answer.question}: ${answer.text}
</#list>
<#if diagnosis.result??>
Результат анализа: ${diagnosis.result}
</#if>
</#if>

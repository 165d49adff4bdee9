Новая заявка: ${brief(body.lead.name!"Без имени", 200)}

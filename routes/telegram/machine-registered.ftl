Ваше оборудование зарегистрировано!
${body.payload.machine!"Станок"}, серийный номер ${body.payload.serial}

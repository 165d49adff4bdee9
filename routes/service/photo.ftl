Фото ${place} к заявке №${number}

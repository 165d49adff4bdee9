package dev.amorelay.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.phone.Phones;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;

/** Reads what a client has filled in. */
@Component("serviceRequestReader")
public class RequestReader {

    static final int LONGEST_DESCRIPTION = 2000;
    static final int MOST_PHOTOS = 5;
    private static final int LONGEST_PHONE = 50;
    private static final String FILE_ID = "[A-Za-z0-9_-]{10,250}";

    /**
     * Reads the Mini App's form.
     *
     * @param body {@code {machine_id, description, phone?, photos?: [file id]}}
     * @return the form
     * @throws RequestRejected when something is missing or is not what it should be
     */
    public RequestForm read(@Body byte[] body) {
        JsonObject form = JsonObject.of(body, new ArrayList<>());
        UUID machine = machine(form);
        String description = form.text("description", LONGEST_DESCRIPTION, "Опишите проблему короче: не больше " + LONGEST_DESCRIPTION + " знаков");
        if (description == null) {
            form.wrong("description", "Опишите, что случилось");
        }
        String tooLong = "Некорректный формат номера телефона. Используйте +7 (999) 123-45-67";
        String phone = form.text("phone", LONGEST_PHONE, tooLong);
        String e164 = Phones.e164(phone).orElse(null);
        if (phone != null && e164 == null) {
            form.wrong("phone", tooLong);
        }
        List<String> photos = photos(form);
        form.check();
        return new RequestForm(machine, description, phone, e164, photos);
    }

    private static UUID machine(JsonObject form) {
        String id = form.text("machine_id", 36, "Станок не распознан");
        if (id == null) {
            form.wrong("machine_id", "Выберите станок");
            return null;
        }
        if (!id.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            form.wrong("machine_id", "Станок не распознан");
            return null;
        }
        return UUID.fromString(id);
    }

    private static List<String> photos(JsonObject form) {
        JsonNode told = form.fields().path("photos");
        List<String> photos = new ArrayList<>();
        if (told.isMissingNode() || told.isNull()) {
            return photos;
        }
        told.forEach(photo -> photos.add(photo.isTextual() ? photo.asText() : ""));
        if (!told.isArray() || !photos.stream().allMatch(photo -> photo.matches(FILE_ID))) {
            form.wrong("photos", "Фото не распознаны: приложите их заново");
        } else if (photos.size() > MOST_PHOTOS) {
            form.wrong("photos", "Не больше " + MOST_PHOTOS + " фото");
        }
        return photos.stream().distinct().toList();
    }
}

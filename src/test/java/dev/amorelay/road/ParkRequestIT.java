package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** «Вызвать инженера» in a real browser, from the form to what the engineer has done; nothing that was typed is lost. */
@EnabledIf(value = "dev.amorelay.road.Browser#isInstalled", disabledReason = "no Chromium with its driver on this machine")
class ParkRequestIT extends ParkRelay {

    private static final String DOOR = "service.request.open";
    /** One pixel. */
    private static final String PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    private long owner;
    private String serial;

    @BeforeEach
    void somebodyHasAMachine() {
        owner = somebody();
        serial = serial();
        give(owner, "16К20", serial);
    }

    private long stored() {
        return jdbc.queryForObject("SELECT count(*) FROM service_requests WHERE telegram_id = ?", Long.class, owner);
    }

    private void openForm(String address) {
        phone.open(address).press(serial);
        phone.press("Вызвать инженера");
        phone.type("#description", "Не включается шпиндель");
    }

    @Test
    void aRequestIsSentSeenAndCancelled() throws IOException {
        Path photo = Files.write(Files.createTempFile("photo", ".png"), Base64.getDecoder().decode(PNG));
        openForm(park(owner));
        phone.find("input[type=file]").sendKeys(photo.toString());
        phone.find(".photo.sent");
        phone.type("#phone", "12");
        phone.press("Отправить заявку");
        phone.sees("Некорректный формат номера телефона. Используйте +7 (999) 123-45-67");
        assertThat(phone.find("#phone").getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(stored()).isZero();

        phone.type("#phone", "8 999 123 45 67");
        phone.press("Отправить заявку");

        phone.sees("принята");
        Map<String, Object> row = jdbc.queryForMap("SELECT number, description, phone, jsonb_array_length(photos) AS photos FROM service_requests"
                + " WHERE telegram_id = ?", owner);
        assertThat(row).containsEntry("description", "Не включается шпиндель").containsEntry("phone", "8 999 123 45 67").containsEntry("photos", 1);
        assertThat(phone.text()).contains("Заявка № " + row.get("number") + " принята");
        phone.press("К заявкам");
        phone.sees("Новая");
        assertThat(phone.text()).contains("Мои заявки", "16К20", serial, "Не включается шпиндель", "Фото: 1");
        phone.shot("park-requests");
        phone.press("Отменить заявку");
        phone.press("Точно отменить?");
        phone.sees("Отменена");
        assertThat(jdbc.queryForObject("SELECT status FROM service_requests WHERE telegram_id = ?", String.class, owner)).isEqualTo("cancelled");
        // the form is empty again
        phone.open(park(owner)).press(serial);
        phone.press("Вызвать инженера");
        assertThat(phone.find("#description").getDomProperty("value")).isEmpty();
    }

    @Test
    void withoutAConnectionOrADoorWhatIsTypedIsKept() throws Exception {
        openForm(park(owner));
        phone.online(false);
        phone.press("Отправить заявку");
        phone.sees("Нет связи.");
        assertThat(phone.find("#description").getDomProperty("value")).isEqualTo("Не включается шпиндель");
        phone.online(true);
        camel.getRouteController().stopRoute(DOOR);
        try {
            phone.press("Отправить заявку");
            phone.sees("Сервис временно недоступен.");
        } finally {
            camel.getRouteController().startRoute(DOOR);
        }
        // also over an accident of the phone's
        phone.open(park(owner)).press(serial);
        phone.press("Вызвать инженера");
        assertThat(phone.find("#description").getDomProperty("value")).isEqualTo("Не включается шпиндель");
        phone.press("Отправить заявку");
        phone.sees("принята");
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void sentAgainAfterALostAnswerItIsOneRequest() {
        openForm(park(owner));
        phone.run("""
                const real = window.fetch;
                window.fetch = (address, wish) => real(address, wish).then(answer => {
                  if (wish.method !== 'POST' || window.lost) return answer;
                  window.lost = true;
                  throw new TypeError('lost on the way back');
                });
                """);
        phone.press("Отправить заявку");
        phone.sees("Нет связи.");
        assertThat(stored()).isEqualTo(1);
        phone.press("Отправить заявку");
        phone.sees("принята");
        assertThat(stored()).isEqualTo(1);
    }

    /** As desktop and Apple clients have it: opened anew, the Mini App brings the same old signature. */
    @Test
    void whereTheSignatureIsOldTheBotsCodeSendsWhatWasTyped() {
        openForm(inTelegram(signed(owner, "&age=3700")));
        int before = chat(owner).size();
        phone.press("Отправить заявку");
        phone.sees("Подтвердите, что это вы");
        soon().until(() -> chat(owner).size() > before);
        String code = chat(owner).get(chat(owner).size() - 1).replaceFirst("(?s)\\D*(\\d{6}).*", "$1");
        assertThat(stored()).isZero();

        phone.type("#code", code.equals("000001") ? "000002" : "000001");
        phone.press("Подтвердить");
        phone.sees("Код не подошёл");
        phone.type("#code", code);
        phone.press("Подтвердить");

        phone.sees("принята");
        assertThat(stored()).isEqualTo(1);
        openForm(inTelegram(signed(owner, "&age=3700")));
        phone.press("Отправить заявку");
        phone.sees("принята");
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void whoWouldRatherNotConfirmKeepsWhatWasTyped() {
        openForm(inTelegram(signed(owner, "&age=3700")));
        phone.press("Отправить заявку");
        phone.sees("Подтвердите, что это вы");
        phone.press("Не сейчас");
        phone.sees("Всё, что вы написали, сохранено.");
        assertThat(stored()).isZero();
    }

    @Test
    void anEngineerTakesItAndFinishesIt() {
        openForm(park(owner));
        phone.press("Отправить заявку");
        phone.sees("принята");
        long number = jdbc.queryForObject("SELECT number FROM service_requests WHERE telegram_id = ?", Long.class, owner);
        long engineer = somebody();
        jdbc.update("INSERT INTO telegram_users (tg_id, role, staff) VALUES (?, 'engineer', true)", engineer);
        try {
            phone.open(park(engineer)).sees("Заявки клиентов");
            phone.inside("//li[contains(., '№ " + number + " ')]//button[contains(., 'Взять в работу')]").click();
            phone.sees("Заявка № " + number + " в работе");
            phone.inside("//li[contains(., '№ " + number + " ')]//button[contains(., 'Завершить…')]").click();
            phone.inside("//li[contains(., '№ " + number + " ')]//textarea").sendKeys("Заменён предохранитель");
            phone.inside("//li[contains(., '№ " + number + " ')]//button[.='Выполнено']").click();
            phone.sees("Заявка № " + number + " выполнена");
        } finally {
            jdbc.update("UPDATE telegram_users SET staff = false WHERE tg_id = ?", engineer);
        }
        phone.open(park(owner)).press("Заявки");
        phone.sees("Выполнена");
        assertThat(phone.text()).contains("Заменён предохранитель");
        phone.press("Мой парк");
        phone.press(serial);
        phone.sees("Заменён предохранитель");
    }
}

package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** «Мой парк» in a real browser: what the owner of a machine sees, and what nobody else sees. */
@EnabledIf(value = "dev.amorelay.road.Browser#isInstalled", disabledReason = "no Chromium with its driver on this machine")
class ParkPageIT extends ParkRelay {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    private static final String NOT_LINKED = "⚠️ Вы не привязаны ни к одной компании. Обратитесь к администратору.";

    @Test
    void theListShowsOnesMachines() {
        long owner = somebody();
        String good = serial();
        String broken = serial();
        LocalDate soon = LocalDate.now().plusDays(11);
        sell(owner, "Токарный станок 16К20", good);
        give(owner, "Фрезерный центр VMC-850", broken);
        become(good, "operational", soon);
        become(broken, "repair", LocalDate.now().plusDays(200));

        phone.open(park(owner)).sees(good);

        assertThat(phone.all(".rows li")).hasSize(2);
        assertThat(row(good)).contains("Токарный станок 16К20", "Работает", "След. ТО " + soon.format(DAY), "⚠️ СКОРО!");
        assertThat(row(broken)).contains("Фрезерный центр VMC-850", "В ремонте").doesNotContain("СКОРО");
        assertThat(phone.find("#badge").getText()).contains("песочница", String.valueOf(owner));
        assertThat(phone.complaints()).isEmpty();
    }

    @Test
    void thePassportTellsWhatIsKnownAndWhatIsNot() {
        long owner = somebody();
        String serial = serial();
        give(owner, "16К20", serial);
        jdbc.update("UPDATE machine_instances SET service_history = ?::jsonb WHERE serial_number = ?",
                "[{\"date\":\"2026-06-14\",\"title\":\"Плановое ТО\",\"description\":\"Замена масла\",\"status\":\"done\"}]", serial);

        phone.open(park(owner)).press(serial);

        phone.sees("История обслуживания");
        phone.sees("14.06.2026");
        assertThat(phone.text()).contains(serial, "16К20", "Плановое ТО", "Замена масла", "Конфигурация\nнет данных", "Документы\nнет данных", "Вызвать инженера");
        phone.press("Назад");
        phone.until("document.querySelector('.rows')");
    }

    @Test
    void aLinkWithASerialOpensOnesOwnMachineOnly() {
        long owner = somebody();
        long other = somebody();
        String own = serial();
        String others = serial();
        give(owner, "16К20", own);
        String othersId = give(other, "VMC-850", others);

        phone.open(park(owner) + "&startapp=sn_" + own).sees("История обслуживания");
        assertThat(phone.find("h1").getText()).isEqualTo("16К20");
        phone.open(park(owner) + "&startapp=service_" + own.toLowerCase()).sees("История обслуживания");

        phone.open(park(owner) + "&startapp=sn_" + others).sees("Паспорт не найден");
        assertThat(phone.text()).doesNotContain("VMC-850");
        // also for who has the machine's own id
        phone.run("history.replaceState({view: 'passport', id: arguments[0], depth: 0}, ''); location.reload()", othersId);
        phone.sees("Паспорт не найден");
        assertThat(phone.text()).doesNotContain("VMC-850");
        phone.press("К списку оборудования");
        phone.sees(own);
    }

    @Test
    void whoIsLinkedToNobodyIsToldSoAndLinkedByTheirPhone() {
        long owner = somebody();
        phone.open(park(owner)).sees(NOT_LINKED);
        assertThat(phone.all("#tabs:not([hidden])")).isEmpty();
        phone.open(park(owner) + "&startapp=sn_" + serial()).sees("Паспорт не найден");

        phone.open(park(owner) + "&phone=79990000000").press("Поделиться телефоном");
        phone.until("document.querySelector('.notice .wrong').textContent");
        assertThat(phone.text()).contains(NOT_LINKED);
    }

    @Test
    void aClientWithoutMachinesIsToldSo() {
        long owner = somebody();
        String serial = serial();
        give(owner, "16К20", serial);
        jdbc.update("DELETE FROM machine_instances WHERE serial_number = ?", serial);
        phone.open(park(owner)).sees("В вашем парке пока нет зарегистрированного оборудования.");
    }

    @Test
    void onlyTelegramFramesIt() {
        HttpResponse<String> page = get("/park");
        assertThat(page.headers().allValues("Content-Security-Policy")).singleElement().asString()
                .contains("default-src 'none'", "frame-ancestors 'self' https://web.telegram.org").doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Frame-Options")).isEmpty();
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
    }

    @Test
    void outsideOfTelegramItIsExplained() {
        phone.open(url("/park?user=none")).sees("Откройте эту страницу в Telegram");
        assertThat(phone.text()).contains("🏭 Мой Парк");
        assertThat(phone.asked()).allMatch(address -> address.startsWith(url("/park"))).noneMatch(address -> address.contains("/api/"));
    }

    @Test
    void aForgedSignatureShowsNothing() {
        long owner = somebody();
        String serial = serial();
        give(owner, "16К20", serial);
        String forged = signed(owner, "").replaceFirst("hash=.", "hash=" + (signed(owner, "").contains("hash=0") ? "1" : "0"));
        String borrowed = signed(somebody(), "").replaceFirst("%22id%22%3A\\d+", "%22id%22%3A" + owner);

        for (String bad : new String[] {forged, borrowed, signed(owner, "&age=2700000"), "user=%7B%22id%22%3A" + owner + "%7D"}) {
            phone.open(inTelegram(bad)).sees("Вход не подтверждён");
            assertThat(phone.text()).contains("откройте его снова из бота").doesNotContain(serial);
        }
    }

    private String row(String serial) {
        return phone.all(".rows li").stream().map(row -> row.getText()).filter(text -> text.contains(serial)).findFirst().orElseThrow();
    }
}

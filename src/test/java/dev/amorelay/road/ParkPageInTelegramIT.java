package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The page as Telegram opens it: with its script, without it, in its colours. */
@EnabledIf(value = "dev.amorelay.road.Browser#isInstalled", disabledReason = "no Chromium with its driver on this machine")
class ParkPageInTelegramIT extends ParkRelay {

    /** What the page uses of Telegram's script; notes what is done with it. */
    private static final String WEB_APP = """
            const button = name => ({ listeners: [], isVisible: false, text: '', onClick(press) { this.listeners.push(press); },
              show() { this.isVisible = true; }, hide() { this.isVisible = false; }, setText(text) { this.text = text; },
              enable() {}, disable() {}, showProgress() {}, hideProgress() {}, press() { this.listeners.forEach(press => press()); } });
            window.felt = [];
            window.Telegram = { WebApp: { themeParams: {}, ready() { felt.push('ready'); }, expand() {}, onEvent() {}, isVersionAtLeast: () => true,
              setHeaderColor() {}, setBackgroundColor() {}, setBottomBarColor() {}, enableClosingConfirmation() { felt.push('guard'); },
              disableClosingConfirmation() {}, openLink() {}, close() { felt.push('close'); }, BackButton: button(), MainButton: button(),
              HapticFeedback: { impactOccurred: kind => felt.push(kind), notificationOccurred: kind => felt.push(kind) },
              requestContact(told) { fetch(window.contact).then(answer => answer.text()).then(response => told(true, { status: 'sent', response })); } } };
            """;

    @Test
    void withoutItsScriptThePageIsWhole() {
        long owner = somebody();
        String serial = serial();
        give(owner, "16К20", serial);

        phone.open(inTelegram(signed(owner, ""))).press(serial);

        phone.sees("История обслуживания");
        assertThat(phone.find("#action button").getText()).isEqualTo("Вызвать инженера");
        assertThat(phone.find(".back").isDisplayed()).isTrue();
        // Telegram's colours, though its script never came
        assertThat(phone.run("return getComputedStyle(document.body).backgroundColor")).isEqualTo("rgb(19, 20, 21)");
        assertThat(phone.run("return document.documentElement.dataset.theme")).isEqualTo("dark");
        // the one thing from elsewhere that is asked for
        List<String> others = phone.asked().stream().filter(address -> !address.startsWith(url("/"))).toList();
        assertThat(others).containsExactly(Phone.TELEGRAM);
        assertThat(phone.complaints()).isEmpty();
    }

    @Test
    void withItsScriptItsOwnButtonsAreUsed() {
        long owner = somebody();
        String serial = serial();
        give(owner, "16К20", serial);
        phone.before(WEB_APP);

        phone.open(inTelegram(signed(owner, ""))).press(serial);

        phone.until("Telegram.WebApp.MainButton.isVisible && Telegram.WebApp.MainButton.text === 'Вызвать инженера'");
        phone.until("Telegram.WebApp.BackButton.isVisible");
        assertThat(phone.all(".back")).isEmpty();
        assertThat(phone.find("#action").isDisplayed()).isFalse();
        phone.run("Telegram.WebApp.MainButton.press()");
        phone.type("#description", "Не включается шпиндель");
        phone.until("felt.includes('guard') && Telegram.WebApp.MainButton.text === 'Отправить заявку'");
        phone.run("Telegram.WebApp.BackButton.press()");
        phone.sees("История обслуживания");
        phone.run("Telegram.WebApp.BackButton.press()");
        phone.until("document.querySelector('.rows') && !Telegram.WebApp.BackButton.isVisible && !Telegram.WebApp.MainButton.isVisible");
        assertThat((List<?>) phone.run("return felt")).asList().contains("ready", "light");
    }

    @Test
    void theSharedPhoneLinksToTheCompanyThatHasIt() {
        String number = "7999" + String.format("%07d", System.nanoTime() % 10_000_000);
        String serial = serial();
        sellTo(number, serial);
        long newcomer = somebody();
        phone.before(WEB_APP + "window.contact = '/sandbox/park/contact?user=" + newcomer + "&phone=" + number + "';");

        phone.open(inTelegram(signed(newcomer, ""))).press("Поделиться телефоном");

        phone.sees(serial);
        phone.until("felt.includes('success') && !document.querySelector('#tabs').hidden");
    }

    @Test
    void anInvitationLinksOnceAndLeadsToTheMachines() {
        String serial = serial();
        long owner = somebody();
        give(owner, "16К20", serial);
        String client = jdbc.queryForObject("SELECT client_id::text FROM machine_instances WHERE serial_number = ?", String.class, serial);
        String link = Json.read(postJson("/api/admin/invitations", "{\"client\":\"" + client + "\",\"role\":\"engineer\"}",
                "Authorization", Jolokia.ADMIN).body()).path("link").asText();
        String start = "&start=" + link.replaceFirst(".*startapp=", "");
        long colleague = somebody();

        phone.open(inTelegram(signed(colleague, start))).sees(serial);
        // the parameter is still there when the page is opened again
        phone.open(inTelegram(signed(colleague, start))).sees(serial);
        phone.open(inTelegram(signed(somebody(), start))).sees("Вы не привязаны ни к одной компании");
        assertThat(phone.text()).doesNotContain(serial);
    }

    /** Sells a machine to somebody who is known by phone only. */
    private void sellTo(String number, String serial) {
        String lead = ingest("{\"source\":\"site\",\"name\":\"Мария Иванова\",\"phone\":\"+" + number + "\",\"message\":\"Нужен станок\"}");
        win(delivered(lead), serial, "VMC-850", null);
        soon().until(() -> jdbc.queryForObject("SELECT count(*) FROM machine_instances WHERE serial_number = ?", Long.class, serial) == 1);
    }
}

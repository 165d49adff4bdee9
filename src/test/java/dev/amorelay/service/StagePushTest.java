package dev.amorelay.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmEvents.StageChange;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.FlowEvents;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import dev.amorelay.service.ServiceRequest.Machine;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.work.Later;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** When a deal is moved, and when it stays where it is. */
class StagePushTest {

    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-00000000b001");
    private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);
    private static final long DEAL = 501;
    private static final long SALES = 100;
    private static final long OPEN = 1;
    private static final long TAKEN = 2;
    private static final long INVOICE = 3;

    private final JdbcTemplate jdbc = mock(JdbcTemplate.class);
    private final Accounts accounts = mock(Accounts.class);
    private final RequestBook book = mock(RequestBook.class);
    private final Outbox outbox = mock(Outbox.class);
    private final RequestStages stages = new RequestStages(accounts, mock(FlowEvents.class));
    private final StagePush push = new StagePush(jdbc, accounts, book, stages, outbox);

    @BeforeEach
    void anAccount() {
        when(accounts.named(any())).thenReturn(new Account("default", new AccountSettings("example", null, "t", null, null, null, SALES, OPEN,
                null, null, null, null, null, null, null, null, new AccountSettings.Service(null, TAKEN, null))));
    }

    private Effect owed(RequestStatus status, RequestStatus now, Long pushed) {
        when(book.request(ID.toString())).thenReturn(new ServiceRequest(ID, 17, now, "default", DEAL, UUID.randomUUID(),
                new Machine(UUID.randomUUID(), "16К20", "SN-1", null), null, null, 700100200L, null, "Шумит", List.of(), null,
                AT, null, null, pushed));
        return new Effect(9, 1, "crm.lead-status", "default", "key", ID.toString(),
                Map.of("lead", (int) DEAL, "status", status.code(), "at", AT.getEpochSecond()), 1, 0, false);
    }

    private static List<JsonNode> deal(long stage, long pipeline) {
        return List.of(Json.object().put("id", DEAL).put("status_id", stage).put("pipeline_id", pipeline));
    }

    private static List<StageChange> changed(long stage, int secondsLater) {
        return List.of(new StageChange(DEAL, SALES, stage, AT.plusSeconds(secondsLater)));
    }

    @Test
    void aTakenRequestTakesItsDealAlong() {
        Effect effect = owed(RequestStatus.IN_PROGRESS, RequestStatus.IN_PROGRESS, null);
        assertThat(push.deal(effect)).containsExactly(DEAL);
        assertThat(push.elsewhere(effect, deal(OPEN, SALES))).containsExactly(DEAL);
        assertThat(push.change(effect, deal(OPEN, SALES), List.of())).extracting(Json::write)
                .containsExactly("{\"id\":501,\"status_id\":2,\"pipeline_id\":100}");
        verify(jdbc).update(contains("pushed_stage"), eq(TAKEN), eq(ID));
    }

    @Test
    void theEndIsTheSameInEveryPipeline() {
        Effect effect = owed(RequestStatus.DONE, RequestStatus.DONE, TAKEN);
        assertThat(push.change(effect, deal(77, 200), changed(77, -60))).extracting(Json::write)
                .containsExactly("{\"id\":501,\"status_id\":142}");
    }

    @Test
    void ourOwnEarlierPushIsNobodysLaterChange() {
        Effect effect = owed(RequestStatus.DONE, RequestStatus.DONE, TAKEN);
        assertThat(push.change(effect, deal(TAKEN, SALES), changed(TAKEN, 60))).hasSize(1);
    }

    @Test
    void whatOthersMovedLaterStays() {
        Effect effect = owed(RequestStatus.DONE, RequestStatus.DONE, TAKEN);
        assertThat(push.change(effect, deal(INVOICE, SALES), changed(INVOICE, 1))).isEmpty();
        verify(outbox).skip(effect, "сделку позже передвинули в CRM");
        verify(jdbc, never()).update(anyString(), any(), any());
    }

    @Test
    void whatOthersMovedBeforeIsMoved() {
        Effect effect = owed(RequestStatus.DONE, RequestStatus.DONE, null);
        assertThat(push.change(effect, deal(INVOICE, SALES), changed(INVOICE, -1))).hasSize(1);
    }

    @Test
    void aClosedDealIsNotOpened() {
        Effect effect = owed(RequestStatus.IN_PROGRESS, RequestStatus.IN_PROGRESS, null);
        assertThat(push.change(effect, deal(143, SALES), changed(143, -60))).isEmpty();
        verify(outbox).skip(effect, "сделка в CRM уже закрыта");
    }

    @Test
    void aDealInAnotherPipelineIsNotBroughtBack() {
        Effect effect = owed(RequestStatus.IN_PROGRESS, RequestStatus.IN_PROGRESS, null);
        assertThat(push.change(effect, deal(77, 200), changed(77, -60))).isEmpty();
        verify(outbox).skip(effect, "сделка в CRM в другой воронке");
    }

    @Test
    void aDealThatStandsRightOrIsGoneIsLeftAlone() {
        Effect effect = owed(RequestStatus.DONE, RequestStatus.DONE, null);
        assertThat(push.elsewhere(effect, deal(142, SALES))).isEmpty();
        assertThat(push.change(effect, deal(142, SALES), List.of())).isEmpty();
        assertThat(push.change(effect, List.of(), List.of())).isEmpty();
        verify(outbox, never()).skip(any(), any());
    }

    @Test
    void aStepThatWasOvertakenIsNotPushed() {
        Effect effect = owed(RequestStatus.IN_PROGRESS, RequestStatus.DONE, null);
        assertThat(push.deal(effect)).isEmpty();
        verify(outbox).skip(effect, "заявка уже на следующем шаге");
    }

    @Test
    void anEarlierPushIsSettledFirst() {
        Effect effect = owed(RequestStatus.DONE, RequestStatus.DONE, null);
        when(jdbc.queryForObject(anyString(), eq(Boolean.class), any(), any(), any())).thenReturn(true);
        assertThatThrownBy(() -> push.deal(effect)).isInstanceOf(Later.class);
    }
}

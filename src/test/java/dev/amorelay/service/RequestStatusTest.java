package dev.amorelay.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.settings.AccountSettings.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request goes forward only, and the CRM's stages say where to. */
class RequestStatusTest {

    @ParameterizedTest
    @CsvSource({"NEW,NEW,false", "NEW,IN_PROGRESS,true", "NEW,DONE,true", "NEW,CANCELLED,true",
        "IN_PROGRESS,NEW,false", "IN_PROGRESS,IN_PROGRESS,false", "IN_PROGRESS,DONE,true", "IN_PROGRESS,CANCELLED,true",
        "DONE,NEW,false", "DONE,IN_PROGRESS,false", "DONE,DONE,false", "DONE,CANCELLED,false",
        "CANCELLED,NEW,false", "CANCELLED,IN_PROGRESS,false", "CANCELLED,DONE,false", "CANCELLED,CANCELLED,false"})
    void goesForwardOnly(RequestStatus from, RequestStatus to, boolean leads) {
        assertThat(from.leadsTo(to)).isEqualTo(leads);
    }

    @Test
    void isWrittenInSmallLetters() {
        for (RequestStatus status : RequestStatus.values()) {
            assertThat(RequestStatus.of(status.code())).isEqualTo(status);
        }
        assertThat(RequestStatus.IN_PROGRESS.code()).isEqualTo("in_progress");
    }

    @ParameterizedTest
    @CsvSource({"142,DONE", "143,CANCELLED", "700,IN_PROGRESS", "701,"})
    void stagesMoveIt(long stage, RequestStatus status) {
        assertThat(StageFollower.status(new Service(null, 700L, null), stage).orElse(null)).isEqualTo(status);
    }

    @Test
    void aStageOfOnesOwnMayMeanDone() {
        Service own = new Service(500L, null, 702L);
        assertThat(StageFollower.status(own, 702)).contains(RequestStatus.DONE);
        assertThat(StageFollower.status(own, 142)).as("won is done in every pipeline").contains(RequestStatus.DONE);
        assertThat(StageFollower.status(own, 700)).isEmpty();
    }
}

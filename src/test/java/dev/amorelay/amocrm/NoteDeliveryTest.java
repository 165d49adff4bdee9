package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.amorelay.amocrm.CrmNotes.Note;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoteDeliveryTest {

    private final CrmNotes crm = mock(CrmNotes.class);
    private final Outbox outbox = mock(Outbox.class);
    private final NoteDelivery delivery = new NoteDelivery(crm, outbox, mock(RefusalNotice.class));

    private static Effect note(boolean inDoubt, Map<String, Object> payload) {
        return new Effect(5, 7, "crm.note", "default", "crm.note:test", "501", payload, 1, 0, inDoubt);
    }

    private static Effect note(boolean inDoubt) {
        return note(inDoubt, Map.of("lead", 501, "text", "Приглашение"));
    }

    @Test
    void aNoteIsAddedWithoutALook() {
        delivery.add(note(false));
        verify(crm).add("default", List.of(new Note(501, "Приглашение")));
        verify(crm, never()).texts(anyString(), anyLong());
    }

    @Test
    void inDoubtItIsLookedForFirst() {
        when(crm.texts("default", 501)).thenReturn(Set.of("Другое"));
        delivery.add(note(true));
        verify(crm).add("default", List.of(new Note(501, "Приглашение")));
    }

    @Test
    void whatIsThereIsNotAddedAgain() {
        when(crm.texts("default", 501)).thenReturn(Set.of("Другое", "Приглашение"));
        delivery.add(note(true));
        verify(crm, never()).add(any(), any());
    }

    @Test
    void aForgottenTextWasAddedBefore() {
        delivery.add(note(false, Map.of("lead", 501)));
        verify(crm, never()).add(any(), any());
    }

    @Test
    void aRefusalGoesToTheErrorPolicy() {
        RuntimeException refused = new IllegalStateException("refused");
        doThrow(refused).when(crm).add(any(), any());
        assertThatThrownBy(() -> delivery.add(note(false))).isSameAs(refused);
    }
}

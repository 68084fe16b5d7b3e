from acuerdo.core.status import Status


def test_codes_are_those_of_sdmx_and_each_has_words_in_both_languages():
    # CL_OBS_STATUS 2.2: the codes that official statistics of these two countries need
    assert {status.value for status in Status} <= set("ABDEFGHIJKLMNOPQSTUVW")
    for status in Status:
        assert status.label.en != status.label.es

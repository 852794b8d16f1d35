using LoyaltyPipeline.Core.Tests.Conformance;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Audit;

/// <summary>Whatever is done to the audit trail past the module is found, and where it was done is said.</summary>
public sealed class TamperingTests
{
    private const string Runs2 = "WHERE CHAIN = 'Runs' AND SEQUENCE_NUMBER = 2";
    private const string Runs3 = "WHERE CHAIN = 'Runs' AND SEQUENCE_NUMBER = 3";

    private const string Columns =
        "LOGGED_AT, ACTOR, HOST, ACTION, PARAMETERS, RUN_ID, OUTCOME, ERROR_ID, PREVIOUS_HASH, ENTRY_HASH";

    public static TheoryData<string, string[], string> Faults
    {
        get
        {
            (string[] Statements, string Found)[] faults =
            [
                (["UPDATE LOYALTY.AUDIT SET ACTOR = 'nobody' " + Runs2], "Runs 2 is not what was written: it was changed"),
                (["UPDATE LOYALTY.AUDIT SET PARAMETERS = '{}' " + Runs3], "Runs 3 is not what was written: it was changed"),
                ([$"UPDATE LOYALTY.AUDIT SET LOGGED_AT = LOGGED_AT + INTERVAL '1 second' {Runs2}"], "Runs 2 is not what was written"),
                // One that is hashed anew no longer is what the next one follows.
                ([$"UPDATE LOYALTY.AUDIT SET ENTRY_HASH = '{new string('a', 64)}' {Runs2}"], "Runs 3 does not follow the entry before it"),
                (["DELETE FROM LOYALTY.AUDIT " + Runs2], "Runs 2 is missing"),
                (["DELETE FROM LOYALTY.AUDIT WHERE CHAIN = 'Runs' AND SEQUENCE_NUMBER < 3"], "Runs 1 to 2 are missing"),
                (["DELETE FROM LOYALTY.AUDIT " + Runs3], "Runs 3 to 3 are missing: the end was cut off"),
                (["DELETE FROM LOYALTY.AUDIT WHERE CHAIN = 'Runs'"], "Runs 1 to 3 are missing"),
                // The head follows, but the log of runs still knows.
                ([$"UPDATE LOYALTY.AUDIT_HEAD SET ENTRIES = 2, ENTRY_HASH = (SELECT a.ENTRY_HASH FROM LOYALTY.AUDIT AS a {Runs2}) WHERE CHAIN = 'Runs'",
                    "DELETE FROM LOYALTY.AUDIT " + Runs3], "has no entry: it was cut off"),
                ([$"INSERT INTO LOYALTY.AUDIT (CHAIN, SEQUENCE_NUMBER, {Columns}) SELECT CHAIN, 4, {Columns} FROM LOYALTY.AUDIT {Runs3}"],
                    "Runs 4 to 4 are not known to LOYALTY.AUDIT_HEAD: they were added"),
                ([$"INSERT INTO LOYALTY.AUDIT (CHAIN, SEQUENCE_NUMBER, {Columns}) SELECT CHAIN, 2, {Columns} FROM LOYALTY.AUDIT {Runs3}"],
                    "Runs 2 is there more than once"),
                ([$"UPDATE LOYALTY.AUDIT SET SEQUENCE_NUMBER = 5 - SEQUENCE_NUMBER WHERE CHAIN = 'Runs' AND SEQUENCE_NUMBER > 1"],
                    "Runs 2 does not follow the entry before it: one of them was changed, added or moved"),
                (["UPDATE LOYALTY.AUDIT SET CHAIN = 'Beside', SEQUENCE_NUMBER = 4 " + Runs3], "Beside 4 is not what was written"),
                (["UPDATE LOYALTY.AUDIT SET CHAIN = 'Other' " + Runs3], "1 entries are of no chain"),
                (["UPDATE LOYALTY.AUDIT SET SEQUENCE_NUMBER = NULL " + Runs3], "an entry of Runs has no number"),
                (["DELETE FROM LOYALTY.AUDIT_HEAD WHERE CHAIN = 'Runs'"], "LOYALTY.AUDIT_HEAD has 0 rows for Runs instead of one"),
                ([$"UPDATE LOYALTY.AUDIT_HEAD SET ENTRY_HASH = '{new string('a', 64)}' WHERE CHAIN = 'Runs'"],
                    "LOYALTY.AUDIT_HEAD has another hash than Runs 3"),
                (["DELETE FROM LOYALTY.RUN WHERE KIND = 'Test'"], "which LOYALTY.RUN has not, or not so"),
                (["UPDATE LOYALTY.RUN SET STATUS = 'Failed' WHERE KIND = 'Test'"], "which LOYALTY.RUN has not, or not so"),
            ];
            var data = new TheoryData<string, string[], string>();
            foreach (var engine in EngineWarehouse.All)
            {
                foreach (var (statements, found) in faults)
                    data.Add(engine.Data, statements, found);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task It_is_found(string engine, string[] statements, string found)
    {
        await using var scene = await AuditScene.CreateAsync(engine);
        var whole = await scene.VerifyAsync();
        Assert.True(whole.Status == CheckStatus.Passed, whole.Message);

        await scene.Test.ExecuteAsync(statements);

        var result = await scene.VerifyAsync();
        Assert.Equal(CheckStatus.Failed, result.Status);
        Assert.Contains(result.Sample, words => words.Contains(found, StringComparison.Ordinal));
        Assert.Contains("compare with a copy of the warehouse", result.Message, StringComparison.Ordinal);
    }
}

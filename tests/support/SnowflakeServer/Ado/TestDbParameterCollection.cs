using System.Collections;
using System.Data.Common;

namespace LoyaltyPipeline.SnowflakeSupport.Ado;

/// <summary>The parameters of a command.</summary>
internal sealed class TestDbParameterCollection : DbParameterCollection
{
    private readonly List<TestDbParameter> _parameters = [];

    public override int Count => _parameters.Count;

    public override object SyncRoot => ((ICollection)_parameters).SyncRoot;

    internal IReadOnlyList<TestDbParameter> All => _parameters;

    public override int Add(object value)
    {
        _parameters.Add((TestDbParameter)value);
        return _parameters.Count - 1;
    }

    public override void AddRange(Array values) => _parameters.AddRange(values.Cast<TestDbParameter>());

    public override void Clear() => _parameters.Clear();

    public override bool Contains(object value) => value is TestDbParameter parameter && _parameters.Contains(parameter);

    public override bool Contains(string value) => IndexOf(value) >= 0;

    public override void CopyTo(Array array, int index) => ((ICollection)_parameters).CopyTo(array, index);

    public override IEnumerator GetEnumerator() => _parameters.GetEnumerator();

    public override int IndexOf(object value) => value is TestDbParameter parameter ? _parameters.IndexOf(parameter) : -1;

    public override int IndexOf(string parameterName) => _parameters.FindIndex(parameter => parameter.ParameterName == parameterName);

    public override void Insert(int index, object value) => _parameters.Insert(index, (TestDbParameter)value);

    public override void Remove(object value) => _parameters.Remove((TestDbParameter)value);

    public override void RemoveAt(int index) => _parameters.RemoveAt(index);

    public override void RemoveAt(string parameterName) => _parameters.RemoveAt(IndexOf(parameterName));

    protected override DbParameter GetParameter(int index) => _parameters[index];

    protected override DbParameter GetParameter(string parameterName) => _parameters[IndexOf(parameterName)];

    protected override void SetParameter(int index, DbParameter value) => _parameters[index] = (TestDbParameter)value;

    protected override void SetParameter(string parameterName, DbParameter value) =>
        _parameters[IndexOf(parameterName)] = (TestDbParameter)value;
}
